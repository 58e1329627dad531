"""What waits, where the gaps are, and the trail from voice to answer and back."""
