"""What is wrong with an email before it is sent (S3.10, S3.24 to S3.26). Nothing is kept."""
