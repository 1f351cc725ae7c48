"""The demo world: web sites, DNS and public services of the demo's domains, on this machine only."""
