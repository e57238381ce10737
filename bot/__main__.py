"""`python -m bot` is `trueline`."""

from bot.cli import main

if __name__ == "__main__":
    main()
