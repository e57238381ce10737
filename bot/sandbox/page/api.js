// The page's only way to the server: state, acts, demo controls and the stream of versions.

const RETRY_MS = [300, 1000, 2000, 5000];

/** The snapshot as `user` sees it; without a user the server chooses one. Throws an Error with a sentence. */
export async function fetchState(user) {
  const query = user ? `?user=${encodeURIComponent(user)}` : "";
  return call(`/sandbox/state${query}`);
}

/** Does something as a person. Resolves to the server's answer, {ok: true, …} or {ok: false, error}. */
export async function act(user, kind, body = {}) {
  return call("/sandbox/act", { user, kind, ...body });
}

/** Runs a demo control; resolves when it is done. */
export async function runControl(id) {
  return call(`/sandbox/control/${encodeURIComponent(id)}`, {});
}

/** Uploads a file for a form; resolves to {ok: true, file} or {ok: false, error}. */
export async function upload(user, file) {
  const query = new URLSearchParams({ user, name: file.name });
  const response = await fetch(`/sandbox/upload?${query}`, { method: "POST", body: file });
  return response.json().catch(() => ({ ok: false }));
}

/** Where an uploaded file is served. */
export function fileAddress(id, name = "picture") {
  return `/files/${encodeURIComponent(id)}/${encodeURIComponent(name)}`;
}

/** Listens for new versions, for ever: reconnects with growing pauses and says whether it is connected. */
export function listen({ onVersion, onConnected }) {
  let failures = 0;
  const connect = () => {
    const socket = new WebSocket(new URL("/sandbox/events", location.href).href.replace(/^http/, "ws"));
    socket.addEventListener("open", () => {
      failures = 0;
      onConnected(true);
    });
    socket.addEventListener("message", (event) => onVersion(JSON.parse(event.data).version));
    socket.addEventListener("close", () => {
      onConnected(false);
      setTimeout(connect, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
      failures += 1;
    });
  };
  connect();
}

async function call(path, body) {
  const request = body && {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  const response = await fetch(path, request).catch(() => {
    throw new Error("The workspace does not answer. Is the demo still running?");
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok && answer.ok === undefined)
    throw new Error(answer.error ?? `The workspace answered ${response.status}.`);
  return answer;
}
