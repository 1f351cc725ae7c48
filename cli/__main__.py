"""`python -m cli`: the command `leadgate` where it is not installed."""

from cli.app import main

main()
