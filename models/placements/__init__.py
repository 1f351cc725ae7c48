"""What is shown where: messages about the state of an application or a complaint, and dismissed banners."""
