"""Programs that run along with this process: started, kept running, replaced and stopped.

It imports nothing of the application but the errors that a person can fix.
"""
