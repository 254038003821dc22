package bot

// answersInEnglish says, in the language of the question, that the answer is
// in English.
var answersInEnglish = map[string]string{
	"ar": "أجيب بالإنجليزية فقط.",
	"de": "Ich antworte auf Englisch.",
	"es": "Respondo en inglés.",
	"fr": "Je réponds en anglais.",
	"hi": "मैं अंग्रेज़ी में उत्तर देता हूँ।",
	"id": "Saya menjawab dalam bahasa Inggris.",
	"it": "Rispondo in inglese.",
	"ja": "回答は英語になります。",
	"ko": "답변은 영어로 드립니다.",
	"nl": "Ik antwoord in het Engels.",
	"pl": "Odpowiadam po angielsku.",
	"pt": "Respondo em inglês.",
	"ru": "Я отвечаю по-английски.",
	"sv": "Jag svarar på engelska.",
	"tr": "İngilizce cevap veriyorum.",
	"uk": "Я відповідаю англійською.",
	"vi": "Tôi trả lời bằng tiếng Anh.",
	"zh": "我用英语回答。",
}

// language adds that sentence; when the question was not understood, it leads.
func (k *composer) language() {
	said, ok := answersInEnglish[k.r.Language]
	if !ok || k.a.Kind == Silent {
		return
	}
	if k.a.Kind == Unknown || k.a.Kind == Refused || k.a.Kind == Help {
		k.a.Lead = said + " " + k.a.Lead
		return
	}
	k.a.Parts = append([]Part{Note{said}}, k.a.Parts...)
}
