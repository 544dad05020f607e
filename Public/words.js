export const registers = ["friend", "stranger", "customer", "official", "boss", "doctor", "child"];
export const settings = ["quiet", "phone", "car", "street", "crowd"];
export const elicitations = ["acted", "scripted", "elicited", "spontaneous"];
export const emotions = ["neutral", "happiness", "sadness", "anger", "boredom", "surprise", "fear", "disgust"];
export const tiers = ["novice", "skilled", "expert"];
export const purposes = ["emotion-recognition", "speech-recognition", "speech-synthesis", "voice-conversion",
  "speaker-recognition", "health-inference", "research-only", "advertising"];
