"""Signs in what a person wrote or said: which medium they ask for, and which contact they no longer want.

Tables of phrases in four languages; no model. No text is kept: what is stored is the id of the phrase.
"""

from models.contacting.markers.find import Marker, find_markers
from models.contacting.markers.kinds import STOPS, StatementKind, Strength

__all__ = ["STOPS", "Marker", "StatementKind", "Strength", "find_markers"]
