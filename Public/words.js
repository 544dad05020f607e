const titled = (words) => words.map((word) => [word, word[0].toUpperCase() + word.slice(1)]);

export const registers = [
  ["friend", "A friend"], ["stranger", "A stranger"], ["customer", "A customer"], ["official", "An official"],
  ["boss", "A boss"], ["doctor", "A doctor"], ["child", "A child"],
];
export const settings = [
  ["quiet", "A quiet room"], ["phone", "On the phone"], ["car", "In a car"], ["street", "On the street"], ["crowd", "In a crowd"],
];
export const elicitations = [
  ["scripted", "Scripted: read aloud"], ["acted", "Acted"], ["elicited", "Elicited: brought about"], ["spontaneous", "Spontaneous"],
];
export const emotions = titled(["neutral", "happiness", "sadness", "anger", "boredom", "surprise", "fear", "disgust"]);
export const tiers = titled(["novice", "skilled", "expert"]);

/** What a price is made of, by the code of its line. */
export const lineNames = {
  base: "Base", language: "Language", accent: "Accent", scarcity: "Scarcity", register: "Speaking to", setting: "Setting", elicitation: "Kind of speech",
  emotion: "Emotion", tier: "Your tier", bounty: "Bounty", worked_hour: "Worked hour",
};

/** Each purpose with what it means for the person who speaks. */
export const purposes = [
  ["emotion-recognition", "Emotion recognition", "Models that hear how somebody feels. Never at work or in education: that is refused whatever you tick."],
  ["speech-recognition", "Speech recognition", "Models that write down what is said."],
  ["speech-synthesis", "Speech synthesis", "Models that speak. A synthetic voice may resemble yours."],
  ["voice-conversion", "Voice conversion", "Models that turn one voice into another. Yours may be one of them."],
  ["speaker-recognition", "Speaker recognition", "Models that tell who is speaking."],
  ["health-inference", "Health inference", "Models that estimate health from a voice."],
  ["research-only", "Research only", "Studies that are published and sell nothing."],
  ["advertising", "Advertising", "Models that are used in advertisements."],
];

export const languages = [
  "ar", "bn", "bg", "zh", "hr", "cs", "da", "nl", "en", "et", "fi", "fr", "de", "el", "he", "hi", "hu", "id", "ga", "it", "ja",
  "ko", "lv", "lt", "mt", "no", "fa", "pl", "pt", "pt-BR", "ro", "ru", "sr", "sk", "sl", "es", "sw", "sv", "ta", "th", "tr",
  "uk", "ur", "vi", "yo", "zu",
];

const names = new Intl.DisplayNames("en", { type: "language" });

/** "German" for "de"; empty where the tag is none. */
export function languageName(tag) {
  try {
    const name = names.of(tag);
    return name === tag ? "" : name;
  } catch {
    return "";
  }
}
