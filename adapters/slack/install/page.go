package install

import (
	"bytes"
	"html/template"
	"net/http"
	"net/url"
	"strings"
)

// page is what a browser shows.
type page struct {
	Title string
	Text  []string
	Link  link
}

type link struct{ Label, URL string }

var pageTemplate = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}} - Careerbot</title>
</head>
<body>
<main>
<h1>{{.Title}}</h1>
{{range .Text}}<p>{{.}}</p>
{{end}}{{with .Link}}{{if .URL}}<p><a href="{{.URL}}">{{.Label}}</a></p>
{{end}}{{end}}</main>
</body>
</html>
`))

// begin is a page from which the flow can be begun anew.
func begin(title, text string) page {
	return page{title, []string{text}, link{"Install Careerbot", InstallPath}}
}

// welcome is the page after the installation. The link is Slack's own to a
// conversation with the app (https://docs.slack.dev/interactivity/deep-linking).
func (h *Handler) welcome(i Installation, missing []string) page {
	name := i.TeamName
	if name == "" {
		name = "your workspace"
	}
	p := page{Title: "Installed", Text: []string{"Careerbot is installed in " + name + ": try /career backend vs devops"}}
	if len(missing) > 0 {
		p.Text = append(p.Text, "Not granted: "+strings.Join(missing, ", ")+
			". What needs it will not work until an administrator allows it and the app is installed again.")
	}
	p.Link = link{"Back to Slack", h.o.WebURL}
	if i.AppID != "" {
		query := url.Values{"app": {i.AppID}}
		if i.TeamID != "" {
			query.Set("team", i.TeamID)
		}
		p.Link.URL = h.o.WebURL + "app_redirect?" + query.Encode()
	}
	return p
}

// show writes a page. It has no style: the policy lets it load and run nothing.
func show(w http.ResponseWriter, status int, p page) {
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, p); err != nil {
		http.Error(w, p.Title, status)
		return
	}
	harden(w)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = b.WriteTo(w)
}

// harden keeps an answer out of caches and frames, and its address, which holds
// a code, out of Referer.
func harden(w http.ResponseWriter) {
	w.Header().Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("X-Content-Type-Options", "nosniff")
}
