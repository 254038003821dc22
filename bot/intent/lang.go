package intent

import (
	"math/bits"
	"strings"
	"unicode"
)

// A tongue is what is known of a language other than English: words by which
// it is told, and what its words for roles and questions are in English.
type tongue struct {
	code  string
	tells string // words that hardly stand in English text
	words string // "its words=English words", parted by semicolons; longer ones first win
}

// tongues are the languages most used at work besides English that are written
// in Latin letters.
var tongues = [...]tongue{
	{"de", "der die das ein eine einen einem und ist wie viel verdient man ich werde werden zum zur was macht sind deine ihre als mit für fuer nicht oder zwischen welche brauche braucht kann gehalt ausbildung beruf unterschied wird von bei den dem",
		"was macht=what does;was verdient=how much earns;was verdienen=how much earn;wie viel verdient=how much earns;wieviel verdient=how much earns;was sind=what are;was ist=what is;wie werde ich=how do i become;wie wird man=how to become;wie kann ich=how can i;werden=become;werde=become;wird=become;wie=how;gehalt=salary;gehälter=salary;lohn=salary;verdient=earns;verdienen=earn;verdienst=salary;aufgaben=duties;tätigkeiten=duties;unterschied zwischen=difference between;unterschied=difference;zwischen=between;oder=or;und=and;als=as;von=of;zum=to;zu=to;nach=to;besser=better;fähigkeiten=skills;kenntnisse=skills;werkzeuge=tools;tagesablauf=typical day;arbeitsalltag=typical day;alltag=typical day;tag=day;typischer=typical;voraussetzungen=requirements;studium=degree;ohne=without;abschluss=degree;ausbildung=training;karriere=career path;zukunft=future;aufstieg=promotion;nächster schritt=next step;wechseln=switch;in der=in;in=in;im=in;ein=a;eine=a;einen=a;der=the;die=the;das=the;softwarearchitekten=software architect;softwarearchitekt=software architect;lösungsarchitekt=solutions architect;softwareentwickler=software developer;entwickler=developer;entwicklerin=developer;programmierer=programmer;ingenieur=engineer;datenanalyst=data analyst;datenwissenschaftler=data scientist;dateningenieur=data engineer;systemadministrator=systems administrator;netzwerkadministrator=network administrator;projektleiter=project manager;projektmanager=project manager;produktmanager=product manager;tester=tester;architekt=architect;berater=consultant;softwareentwickler=software developer;webentwickler=web developer;informatiker=software engineer;welche=which;brauche ich=do i need;braucht man=do you need;brauche=need;braucht=needs"},
	{"fr", "le la les un une des du est que quel quelle quels quelles fait comment je suis pour dans avec entre au aux et ou d l qu devenir salaire métier metier formation différence combien gagne il elle sont ce cette faut",
		"que fait=what does;qu est ce qu=what is;quest ce que=what is;quest ce quun=what is;quel est le salaire=what is the salary;salaire=salary;salaires=salary;combien gagne=how much earns;gagne=earns;comment devenir=how to become;devenir=become;différence entre=difference between;différence=difference;difference entre=difference between;entre=between;compétences=skills;competences=skills;qualités=qualities;outils=tools;journée type=typical day;journée=day;quotidien=daily;études=degree;etudes=degree;diplôme=degree;diplome=degree;sans=without;formation=training;évolution=career path;carrière=career path;avenir=future;missions=duties;rôle=role;role=role;métier=job;passer de=from;passer=switch;de=of;du=of;des=of;d=of;à=to;a=to;au=to;en=in;dans=in;ou=or;et=and;un=a;une=a;le=the;la=the;l=the;les=the;quel=what;quelle=what;est=is;comment=how;développeur=developer;developpeur=developer;développeuse=developer;ingénieur=engineer;ingenieur=engineer;ingénieur logiciel=software engineer;analyste de données=data analyst;analyste=analyst;administrateur système=systems administrator;administrateur réseau=network administrator;admin réseau=network administrator;admin système=systems administrator;administrateur systèmes=systems administrator;chef de projet=project manager;chef de produit=product manager;testeur=tester;architecte=architect;scientifique des données=data scientist;mieux=better;faut il=do i need"},
	{"es", "el la los las un una qué que cómo como cuánto cuanto gana ganan es son de del para por ser hacer hace con entre y o en trabajo sueldo salario quiero puedo cuál cual diferencia necesito estudiar al día",
		"qué hace=what does;que hace=what does;qué es=what is;que es=what is;cuánto gana=how much earns;cuanto gana=how much earns;cuánto cobra=how much earns;cuanto cobra=how much earns;cuánto cobran=how much earn;cuanto cobran=how much earn;cobra=earns;cobran=earn;cuánto ganan=how much earn;cuanto ganan=how much earn;gana=earns;sueldo=salary;salario=salary;cómo ser=how to become;cómo convertirse en=how to become;como convertirse en=how to become;como ser=how to become;cómo llegar a ser=how to become;convertirme en=become;convertirse en=become;diferencia entre=difference between;diferencia=difference;entre=between;habilidades=skills;conocimientos=skills;herramientas=tools;día típico=typical day;un día=day;día=day;título=degree;carrera=career;sin=without;estudiar=study;requisitos=requirements;futuro=future;ascenso=promotion;pasar de=from;cambiar de=switch from;funciones=duties;responsabilidades=responsibilities;necesito=do i need;mejor=better;cómo=how;como=how;qué=what;que=what;por=for;es=is;de=of;del=of;a=to;en=in;o=or;y=and;un=a;una=a;el=the;la=the;los=the;las=the;analista de datos=data analyst;científico de datos=data scientist;cientifico de datos=data scientist;ingeniero de datos=data engineer;ingeniero de software=software engineer;desarrollador=developer;desarrolladora=developer;programador=programmer;programadora=programmer;ingeniero=engineer;ingeniera=engineer;administrador de sistemas=systems administrator;administrador de redes=network administrator;administrador de bases de datos=database administrator;administrador de base de datos=database administrator;jefe de proyecto=project manager;gerente de proyecto=project manager;gerente de producto=product manager;analista=analyst;arquitecto de software=software architect;arquitecto=architect;diseñador ux=ux designer;diseñador=designer;diseñador web=web designer;ciberseguridad=cybersecurity"},
	{"pt", "o os um uma que qual quanto ganha faz como ser é são de do da dos das para por com entre e ou em no na salário salario trabalho diferença quero posso preciso não nao sem",
		"o que faz=what does;que faz=what does;o que é=what is;quanto ganha=how much earns;quanto ganham=how much earn;ganha=earns;salário=salary;salario=salary;como se tornar=how to become;como ser=how to become;como virar=how to become;tornar=become;virar=become;diferença entre=difference between;diferença=difference;diferenca entre=difference between;entre=between;habilidades=skills;ferramentas=tools;dia a dia=day to day;dia=day;faculdade=degree;diploma=degree;sem=without;requisitos=requirements;futuro=future;carreira=career;migrar de=from;mudar de=from;preciso=do i need;melhor=better;como=how;qual=what;que=what;é=is;de=of;do=of;da=of;para=to;em=in;no=in;na=in;ou=or;e=and;um=a;uma=a;o=the;analista de dados=data analyst;cientista de dados=data scientist;engenheiro de dados=data engineer;engenheiro de software=software engineer;desenvolvedor=developer;desenvolvedora=developer;programador=programmer;engenheiro=engineer;administrador de sistemas=systems administrator;administrador de redes=network administrator;gerente de projetos=project manager;gerente de projeto=project manager;gerente de produto=product manager;analista=analyst;arquiteto=architect;testador=tester"},
	{"it", "il lo gli un una che cosa quanto guadagna come diventare è sono di del della per con tra fra e o in lavoro stipendio differenza voglio posso fa",
		"cosa fa=what does;che cosa fa=what does;cos è=what is;cosè=what is;quanto guadagna=how much earns;guadagna=earns;stipendio=salary;come diventare=how to become;diventare=become;differenza tra=difference between;differenza fra=difference between;differenza=difference;tra=between;competenze=skills;strumenti=tools;giornata tipo=typical day;giornata=day;laurea=degree;senza=without;requisiti=requirements;futuro=future;carriera=career path;passare da=from;passo da=from;da=from;meglio=better;come=how;cosa=what;è=is;di=of;del=of;a=to;in=in;o=or;e=and;un=a;una=a;il=the;lo=the;la=the;analista di dati=data analyst;analista dati=data analyst;ingegnere del software=software engineer;ingegnere informatico=software engineer;sviluppatore=developer;programmatore=programmer;ingegnere=engineer;sistemista=systems administrator;amministratore di sistema=systems administrator;analista=analyst;architetto=architect"},
	{"nl", "het een de wat doet hoe word ik verdient en of van voor met tussen zijn kan worden salaris verschil baan niet bij is dit",
		"wat doet=what does;wat is=what is;wat verdient=how much earns;hoeveel verdient=how much earns;verdient=earns;salaris=salary;hoe word ik=how do i become;hoe wordt je=how to become;hoe word je=how to become;word=become;worden=become;verschil tussen=difference between;verschil=difference;tussen=between;vaardigheden=skills;gereedschap=tools;tools=tools;werkdag=typical day;dag=day;diploma=degree;zonder=without;opleiding=training;toekomst=future;beter=better;hoe=how;wat=what;van=of;naar=to;in=in;of=or;en=and;een=a;de=the;het=the;ontwikkelaar=developer;programmeur=programmer;systeembeheerder=systems administrator;netwerkbeheerder=network administrator;databeheerder=database administrator;projectleider=project manager"},
	{"pl", "ile zarabia jak zostać zostac co robi jest czy dla w na i lub oraz różnica miedzy między pracy praca zarobki",
		"co robi=what does;czym zajmuje się=what does;ile zarabia=how much earns;zarabia=earns;zarobki=salary;wynagrodzenie=salary;jak zostać=how to become;jak zostac=how to become;zostać=become;różnica między=difference between;roznica miedzy=difference between;umiejętności=skills;narzędzia=tools;dzień=day;studia=degree;bez=without;przyszłość=future;czy=or;i=and;w=in;programista=programmer;programisty=programmer;programistą=programmer;analityk danych=data analyst;analitykiem danych=data analyst;administrator systemów=systems administrator;inżynier=engineer;tester=tester;testerem=tester"},
	{"sv", "vad gör en ett är hur blir jag mycket tjänar och eller som för till lön skillnad mellan",
		"vad gör=what does;vad är=what is;vad tjänar=how much earns;hur mycket tjänar=how much earns;tjänar=earns;lön=salary;hur blir jag=how do i become;hur blir man=how to become;blir=become;skillnad mellan=difference between;skillnaden mellan=difference between;kompetenser=skills;verktyg=tools;dag=day;eller=or;och=and;en=a;i=in;systemutvecklare=software developer;utvecklare=developer;programmerare=programmer;systemadministratör=systems administrator;ingenjör=engineer"},
	{"tr", "ne bir nasıl nasil olunur kadar maaşı maasi ile arasındaki fark yapar için mi mı kazanır nedir",
		"ne yapar=what does;nedir=what is;ne kadar kazanır=how much earns;kazanır=earns;maaşı=salary;maaşları=salary;maasi=salary;nasıl olunur=how to become;nasil olunur=how to become;olunur=become;arasındaki fark=difference;fark=difference;beceriler=skills;araçlar=tools;ve=and;veya=or;mi=or;yazılım mühendisi=software engineer;veri analisti=data analyst;veri bilimci=data scientist;veri mühendisi=data engineer;yazılımcı=programmer;geliştirici=developer;mühendisi=engineer;sistem yöneticisi=systems administrator"},
	{"id", "apa itu berapa gaji bagaimana cara menjadi dan atau yang untuk di seorang perbedaan antara dengan saya",
		"apa yang dilakukan=what does;apa itu=what is;apa tugas=duties of;berapa gaji=how much salary;gaji=salary;bagaimana cara menjadi=how to become;cara menjadi=how to become;menjadi=become;perbedaan antara=difference between;perbedaan=difference;keterampilan=skills;alat=tools;dan=and;atau=or;di=in;seorang=a;pengembang=developer;programmer=programmer;analis data=data analyst;insinyur perangkat lunak=software engineer"},
	{"vi", "là gì lương của làm thế nào để trở thành bao nhiêu và hoặc một khác nhau giữa",
		"là gì=what is;làm gì=does what do;mức lương=salary;lương=salary;làm thế nào để trở thành=how to become;trở thành=become;khác nhau giữa=difference between;kỹ năng=skills;công cụ=tools;và=and;lập trình viên=programmer;kỹ sư phần mềm=software engineer;nhà phân tích dữ liệu=data analyst"},
}

// glossary is a tongue's words, ready for use.
type glossary struct {
	code    string
	tells   map[string]bool
	english map[string]string
	starts  map[string]bool // first words of english
	longest int
}

var glossaries = func() []glossary {
	out := make([]glossary, 0, len(tongues))
	for _, t := range tongues {
		g := glossary{code: t.code, tells: map[string]bool{}, english: map[string]string{}, starts: map[string]bool{}, longest: 1}
		for _, w := range strings.Fields(t.tells) {
			g.tells[foldWord(w, false)] = true
		}
		for pair := range strings.SplitSeq(t.words, ";") {
			theirs, ours, _ := strings.Cut(pair, "=")
			var folded []string
			for _, w := range strings.Fields(theirs) {
				folded = append(folded, foldWord(w, false))
			}
			g.longest = max(g.longest, len(folded))
			g.english[strings.Join(folded, " ")] = ours
			g.starts[folded[0]] = true
		}
		out = append(out, g)
	}
	return out
}()

// tellers has a bit for each tongue that a word tells.
var tellers = func() map[string]uint16 {
	out := map[string]uint16{}
	for i, g := range glossaries {
		for w := range g.tells {
			out[w] |= 1 << i
		}
	}
	return out
}()

// unspaced puts phrases of languages that part no words, or that have their own
// letters, into English.
var unspaced = strings.NewReplacer(
	"数据分析师", " data analyst ", "数据科学家", " data scientist ", "数据工程师", " data engineer ", "软件工程师", " software engineer ", "前端工程师", " frontend engineer ", "后端工程师", " backend engineer ", "前端开发", " frontend developer ", "后端开发", " backend developer ", "全栈工程师", " full stack engineer ", "产品经理", " product manager ", "项目经理", " project manager ", "测试工程师", " test engineer ", "运维工程师", " devops engineer ", "网络工程师", " network engineer ", "安全工程师", " security engineer ", "程序员", " programmer ", "机器学习工程师", " machine learning engineer ", "架构师", " architect ", "系统管理员", " systems administrator ", "工程师", " engineer ",
	"是做什么的", " what does do ", "做什么", " what does do ", "是什么", " what is ", "干什么", " what does do ", "工资", " salary ", "薪水", " salary ", "薪资", " salary ", "收入", " salary ", "多少钱", " how much earn ", "年薪", " salary ", "如何成为", " how to become ", "怎么成为", " how to become ", "怎样成为", " how to become ", "成为", " become ", "区别", " difference ", "技能", " skills ", "工具", " tools ", "前景", " future ", "一天", " typical day ", "在德国", " in germany ", "在中国", " in china ", "在美国", " in usa ", "前端", " frontend ", "后端", " backend ", "哪一个", " which ", "和", " and ", "与", " and ", "的", " ",
	"データサイエンティスト", " data scientist ", "データアナリスト", " data analyst ", "データエンジニア", " data engineer ", "ソフトウェアエンジニア", " software engineer ", "バックエンドエンジニア", " backend engineer ", "フロントエンドエンジニア", " frontend engineer ", "プログラマー", " programmer ", "プロダクトマネージャー", " product manager ", "プロジェクトマネージャー", " project manager ", "インフラエンジニア", " infrastructure engineer ", "ネットワークエンジニア", " network engineer ", "セキュリティエンジニア", " security engineer ", "クラウドエンジニア", " cloud engineer ", "一日", " typical day ", "どんな感じですか", " what is like ", "エンジニア", " engineer ", "年収", " salary ", "給料", " salary ", "給与", " salary ", "になるには", " how to become ", "とは", " what is ", "仕事内容", " duties ", "違い", " difference ", "スキル", " skills ", "将来性", " future ", "の", " ", "は", " ", "と", " and ",
	"데이터 분석가", " data analyst ", "데이터 과학자", " data scientist ", "소프트웨어 엔지니어", " software engineer ", "백엔드 개발자", " backend developer ", "프론트엔드 개발자", " frontend developer ", "개발자", " developer ", "연봉", " salary ", "월급", " salary ", "되는 법", " how to become ", "차이", " difference ", "하는 일", " duties ", "기술", " skills ",
	"что делает", " what does ", "чем занимается", " what does ", "кто такой", " what is ", "сколько зарабатывает", " how much earns ", "сколько получает", " how much earns ", "сколько платят", " how much earns ", "зарплата", " salary ", "как стать", " how to become ", "разница между", " difference between ", "отличие", " difference ", "навыки", " skills ", "инструменты", " tools ", "программист", " programmer ", "разработчик", " developer ", "аналитик данных", " data analyst ", "аналитика данных", " data analyst ", "аналитику данных", " data analyst ", "системный администратор", " systems administrator ", "тестировщик", " tester ", "инженер", " engineer ", "дата сайентист", " data scientist ", " или ", " or ", " и ", " and ", " в ", " in ",
	"що робить", " what does ", "скільки заробляє", " how much earns ", "як стати", " how to become ", "різниця між", " difference between ", "навички", " skills ", "розробник", " developer ", "програміст", " programmer ",
	"डेटा एनालिस्ट", " data analyst ", "डेटा वैज्ञानिक", " data scientist ", "डेटा साइंटिस्ट", " data scientist ", "सॉफ्टवेयर इंजीनियर", " software engineer ", "प्रोग्रामर", " programmer ", "इंजीनियर", " engineer ", "वेतन", " salary ", "सैलरी", " salary ", "कैसे बनें", " how to become ", "कैसे बने", " how to become ", "क्या करता है", " what does do ", "क्या है", " what is ", "अंतर", " difference ", "कौशल", " skills ", "भारत", " india ",
	"ماذا يفعل", " what does ", "ما هو", " what is ", "راتب", " salary ", "كم يكسب", " how much earns ", "كيف أصبح", " how to become ", "كيف اصبح", " how to become ", "الفرق بين", " difference between ", "مهارات", " skills ", "مهندس برمجيات", " software engineer ", "مبرمج", " programmer ", "مطور", " developer ", "محلل بيانات", " data analyst ", "عالم بيانات", " data scientist ", " و", " and ",
)

// scriptOf is the language that the letters of a text speak for, "" for Latin ones.
func scriptOf(text string) string {
	counts := map[string]int{}
	latin := 0
	for _, r := range text {
		switch {
		case r < 0x80:
			if unicode.IsLetter(r) {
				latin++
			}
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			counts["ja"] += 3
		case unicode.Is(unicode.Han, r):
			counts["zh"]++
		case unicode.Is(unicode.Hangul, r):
			counts["ko"]++
		case unicode.Is(unicode.Arabic, r):
			counts["ar"]++
		case unicode.Is(unicode.Devanagari, r):
			counts["hi"]++
		case r == 'і' || r == 'ї' || r == 'є' || r == 'ґ':
			counts["uk"] += 3
		case unicode.Is(unicode.Cyrillic, r):
			counts["ru"]++
		}
	}
	if counts["ja"] > 0 {
		counts["ja"] += counts["zh"]
	}
	if counts["uk"] > 0 {
		counts["uk"] += counts["ru"]
	}
	best, most := "", 1
	for _, code := range [...]string{"ja", "zh", "ko", "ar", "hi", "uk", "ru"} {
		if counts[code] > most {
			best, most = code, counts[code]
		}
	}
	if best != "zh" && best != "ja" && best != "ko" && most*3 < latin {
		return "" // a few foreign letters in Latin text
	}
	return best
}

// speak finds the language of the words and puts those for roles and questions
// into English.
func (m *message) speak() {
	english := 0
	var told [len(tongues)]int
	for _, t := range m.tokens {
		if englishOnly[t.text] {
			english++
		}
		for mask := tellers[t.text]; mask != 0; mask &= mask - 1 {
			told[bits.TrailingZeros16(mask)]++
		}
	}
	var best *glossary
	most := 0
	for i, n := range told {
		if n == 0 || n*3 < english {
			continue // its phrases cannot make up for that
		}
		g := &glossaries[i]
		for span := g.longest; span > 1; span-- {
			for at := 0; at+span <= len(m.tokens); at++ {
				if !g.starts[m.tokens[at].text] {
					continue
				}
				if _, ok := g.english[m.join(at, span)]; ok {
					n += span - 1
				}
			}
		}
		if n > most {
			best, most = g, n
		}
	}
	if best == nil || most < 2 || most <= english*2 || most*4 < len(m.tokens) {
		return
	}
	m.language = best.code
	m.intoEnglish(best)
}

// englishOnly are words that hardly stand in text of another language.
var englishOnly = wordSet("the what how does do and is are of to for with my you it should would can which become make earn between from this that have need your job work")

func (m *message) join(at, span int) string {
	if at+span > len(m.tokens) {
		return ""
	}
	var b strings.Builder
	for i, t := range m.tokens[at : at+span] {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.text)
	}
	return b.String()
}

func (m *message) intoEnglish(g *glossary) {
	var out []token
	for i := 0; i < len(m.tokens); {
		span, ours := 0, ""
		for n := g.longest; n >= 1; n-- {
			if w, ok := g.english[m.join(i, n)]; ok && i+n <= len(m.tokens) {
				span, ours = n, w
				break
			}
		}
		if span == 0 {
			out = append(out, m.tokens[i])
			i++
			continue
		}
		for k, w := range strings.Fields(ours) {
			t := token{text: w, shown: w}
			if k == 0 {
				t.gap, t.shown = m.tokens[i].gap, m.tokens[i].shown
			}
			out = append(out, t)
		}
		i += span
	}
	m.tokens = nounLast(out)
}

// nounLast puts "developer backend" into English order.
func nounLast(ts []token) []token {
	for i := 0; i+1 < len(ts); i++ {
		if (heads[ts[i].text] || ts[i].text == "developer" || ts[i].text == "programmer") && ts[i+1].gap == "" && modifiersAfter[ts[i+1].text] {
			end := i + 1
			for end < len(ts) && ts[end].gap == "" && modifiersAfter[ts[end].text] {
				end++
			}
			head := ts[i]
			copy(ts[i:end-1], ts[i+1:end])
			ts[i].gap, head.gap = head.gap, ""
			ts[end-1] = head
			i = end - 1
		}
	}
	return ts
}

var modifiersAfter = wordSet("backend frontend fullstack full stack web mobile android ios java python javascript php devops cloud data software qa ux ui security machine learning ml ai senior junior big network redes systems sre blockchain")
