"""JavaRosa as the reference: a small Java program of ours around the engine of ODK Collect."""
