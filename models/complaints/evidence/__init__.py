"""Automatic evidence: what our own checks find about a contact that is complained about.

A finding says which way it points and whether it is conclusive; the rules decide.
"""

from models.complaints.evidence.finding import EvidenceFinding, Subject, strongest

__all__ = ["EvidenceFinding", "Subject", "strongest"]
