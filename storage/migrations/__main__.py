"""``python -m storage.migrations "Add the colour of a team"`` drafts a revision for what changed in the tables."""

import sys

from storage.migrating import draft

if __name__ == "__main__":
    draft(" ".join(sys.argv[1:]))
