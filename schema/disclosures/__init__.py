"""The register of disclosures."""
