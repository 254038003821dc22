package install

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// page is what a browser shows.
type page struct {
	Title string
	Text  []string
	Link  link
}

type link struct{ Label, URL string }

// node is the page as HTML: what is shown is escaped by its kind.
func (p page) node() g.Node {
	return h.Doctype(h.HTML(h.Lang("en"),
		h.Head(h.Meta(h.Charset("utf-8")), h.Meta(h.Name("viewport"), h.Content("width=device-width, initial-scale=1")),
			h.TitleEl(g.Text(p.Title+" - Careerbot"))),
		h.Body(h.Main(
			h.H1(g.Text(p.Title)),
			g.Map(p.Text, func(t string) g.Node { return h.P(g.Text(t)) }),
			g.If(p.Link.URL != "", h.P(h.A(h.Href(p.Link.URL), g.Text(p.Link.Label)))),
		)),
	))
}

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
	if err := p.node().Render(&b); err != nil {
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
