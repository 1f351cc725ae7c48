"""What is shown where: placed messages, banners and dismissing them."""
