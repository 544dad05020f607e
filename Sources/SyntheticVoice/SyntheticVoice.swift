// SyntheticVoice
