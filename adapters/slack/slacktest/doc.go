// Package slacktest is a Slack workspace for tests, as strict as Slack itself:
// its Web API, its delivery of commands, clicks and events by signed HTTP
// requests, and Socket Mode.
//
// It is written from Slack's documentation (https://docs.slack.dev) and from
// what Slack was measured to do, never from the app that it tests. A payload
// that Slack would refuse is refused, with the error that Slack answers, and
// every rule that the app breaks is kept for [Workspace.NoFaults].
//
// A test starts a workspace, points the app's SLACK_API_URL at
// [Workspace.APIURL], names the app with [Workspace.Target] unless it uses
// Socket Mode, and then does what people do: [Workspace.Command],
// [Workspace.Mention], [Workspace.Press].
//
//	w := slacktest.New(t, slacktest.Options{})
//	app := httptest.NewServer(newApp(w.APIURL(), w.BotToken(), w.SigningSecret()))
//	w.Target(app.URL)
//	r := w.Command("U1", "C1", "help")
//	…
//	w.NoFaults()
//
// Where Slack's own numbers differ between pages or workspaces, the smaller
// one is enforced: it holds everywhere.
package slacktest
