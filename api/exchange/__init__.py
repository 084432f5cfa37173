"""Between the store and files: what is uploaded, what is downloaded, and the demo scenario."""
