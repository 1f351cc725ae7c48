"""Owns machine evidence: what our own checks find about a contact that is complained about.

It must not decide: a finding says which way it points, and whether it is conclusive.
"""

from models.complaints.evidence.finding import EvidenceFinding, Subject, strongest

__all__ = ["EvidenceFinding", "Subject", "strongest"]
