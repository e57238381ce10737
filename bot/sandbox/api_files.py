"""files.*: the external upload in three steps, and what became of it."""

import secrets
from mimetypes import guess_type

from bot.sandbox import posting
from bot.sandbox.api_chat import writable
from bot.sandbox.arguments import Method, required, structured
from bot.sandbox.errors import SlackError
from bot.sandbox.state import File, Json
from bot.sandbox.workspace import Workspace

ALT_LIMIT = 1000


def described(workspace: Workspace, file: File) -> Json:
    """A file as Slack describes it."""
    kind = guess_type(file.name)[0] or "application/octet-stream"
    private = f"{workspace.url}/files-pri/{workspace.app.team_id}-{file.id}"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": kind,
        "filetype": file.name.rpartition(".")[2],
        "user": file.user,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "alt_txt": file.alt,
        "url_private": f"{private}/{file.name}",
        "url_private_download": f"{private}/download/{file.name}",
        "channels": list(file.channels),
        "groups": [],
        "ims": [],
    }


def upload_url(workspace: Workspace, args: Json) -> Json:
    name = str(required(args, "filename"))
    try:
        size = int(required(args, "length"))
    except ValueError:
        raise SlackError("invalid_arguments") from None
    alt = str(args.get("alt_txt") or "")
    if len(alt) > ALT_LIMIT:
        raise SlackError("alt_txt_too_large")
    file = new_file(workspace, name, workspace.app.bot_user)
    file.alt = alt
    file.size, file.secret = size, secrets.token_urlsafe(24)
    return {"ok": True, "upload_url": f"{workspace.url}/upload/v1/{file.secret}", "file_id": file.id}


def new_file(workspace: Workspace, name: str, user_id: str) -> File:
    """An empty file that belongs to somebody."""
    file = File(id=workspace.new_id("F"), name=name, user=user_id, created=workspace.seconds())
    workspace.files[file.id] = file
    return file


def add_file(workspace: Workspace, name: str, user_id: str, content: bytes) -> File:
    """A whole file, as a person puts it into a form."""
    file = new_file(workspace, name, user_id)
    file.content, file.size, file.ready_at = content, len(content), workspace.elapsed()
    return file


def receive(workspace: Workspace, secret: str, content: bytes) -> File:
    """The bytes that were sent to an upload URL; raises SlackError not_found or invalid_length."""
    for file in workspace.files.values():
        if file.secret and file.secret == secret and file.content is None:
            if len(content) != file.size:
                raise SlackError("invalid_length")
            file.content = content
            return file
    raise SlackError("not_found")


def complete_upload(workspace: Workspace, args: Json) -> Json:
    entries = required(structured(args, "files"), "files")
    files = [_completed(workspace, entry) for entry in entries]
    if args.get("channel_id"):
        _share(workspace, files, args)
    return {"ok": True, "files": [described(workspace, file) for file in files]}


def _completed(workspace: Workspace, entry: Json) -> File:
    file = workspace.files.get(str(entry.get("id")))
    if file is None or file.content is None:
        raise SlackError("file_not_found")
    file.title = entry.get("title") or file.name
    file.ready_at = workspace.elapsed() + workspace.file_processing.total_seconds()
    return file


def _share(workspace: Workspace, files: list[File], args: Json) -> None:
    channel = writable(workspace, args["channel_id"])
    for file in files:
        file.channels.append(channel.id)
    message = posting.from_bot(workspace, {"text": args.get("initial_comment") or ""})
    message["files"] = [described(workspace, file) for file in files]
    posting.post(workspace, channel, message, thread_ts=args.get("thread_ts"))
    workspace.recorder.add("files.completeUploadExternal", "message", {"channel": channel.id, "text": message["text"]})


def info(workspace: Workspace, args: Json) -> Json:
    file = workspace.files.get(str(args.get("file")))
    if file is None:
        raise SlackError("file_not_found")
    return {"ok": True, "file": described(workspace, file)}


METHODS = {
    "files.getUploadURLExternal": Method(upload_url, "files:write"),
    "files.completeUploadExternal": Method(complete_upload, "files:write"),
    "files.info": Method(info, "files:read"),
}
