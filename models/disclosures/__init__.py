"""The register of disclosures: who received whose contact data, on what basis, and the notice about it."""
