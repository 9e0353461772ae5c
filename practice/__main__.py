"""`python -m practice`."""

from practice.cli.main import main

main()
