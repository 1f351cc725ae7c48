"""Automatic evidence: what our own checks find about a contact that is complained about.

A finding says which way it points and whether it is conclusive; the rules decide.
"""

from models.complaints.evidence.finding import DisputedContact, EvidenceFinding, strongest

__all__ = ["DisputedContact", "EvidenceFinding", "strongest"]
