package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"careerbot/adapters/discord/discordtest"
	"careerbot/adapters/redis/redistest"
)

func discordEnv(d *discordtest.Discord) map[string]string {
	return map[string]string{"DISCORD_TOKEN": d.Token, "DISCORD_APPLICATION_ID": d.ApplicationID, "DISCORD_API_URL": d.APIURL()}
}

func TestDiscordIsServedByBothDoors(t *testing.T) {
	d := discordtest.New(t)
	env := discordEnv(d)
	env["DISCORD_PUBLIC_KEY"] = publicKey()
	s := serve(t, env)
	d.Await("it is ready", func() bool { status, _ := s.get("/readyz"); return status == http.StatusOK })
	id := d.Say("10", "20", "30", "<@900> what does a data engineer do?")
	d.Await("a mention is answered", func() bool { return len(d.Answers(id)) == 1 })
	status, said := s.careerInDiscord("what does a data engineer do?")
	var r struct{ Type int }
	if err := json.Unmarshal([]byte(said), &r); err != nil || status != http.StatusOK || r.Type != 4 {
		t.Errorf("a command: %d, %+v, %v", status, r, err)
	}
	d.NoFaults()
}

func TestOnePlatformsTroubleLeavesTheOther(t *testing.T) {
	d := discordtest.New(t)
	env := discordEnv(d)
	env["SLACK_BOT_TOKEN"], env["SLACK_SIGNING_SECRET"], env["SLACK_API_URL"] = "xoxb-1", "shh", "http://127.0.0.1:1/"
	s := serve(t, env)
	d.Await("it is ready, and says what is not", func() bool {
		status, text := s.get("/readyz")
		return status == http.StatusOK && strings.Contains(text, "Slack")
	})
	id := d.Say("10", "20", "30", "<@900> what does a data engineer do?")
	d.Await("Discord is answered", func() bool { return len(d.Answers(id)) == 1 })

	env["DISCORD_TOKEN"] = "another"
	wrong := serve(t, env)
	d.Await("the remedy is told", func() bool {
		status, text := wrong.get("/readyz")
		return status == http.StatusServiceUnavailable && strings.Contains(text, "DISCORD_TOKEN is refused: reset it")
	})
}

// TestReplicasOnDiscordThatAreKilledLoseAndDoubleNothing kills replicas, each
// with its sessions, while people ask.
func TestReplicasOnDiscordThatAreKilledLoseAndDoubleNothing(t *testing.T) {
	d := discordtest.New(t)
	server := redistest.Start(t)
	var all []*replica
	for range 2 {
		r := &replica{t: t, env: []string{"REDIS_URL=" + server.URL(), "DELIVERY_LEASE=2s", "DISCORD_TOKEN=" + d.Token,
			"DISCORD_APPLICATION_ID=" + d.ApplicationID, "DISCORD_API_URL=" + d.APIURL()}}
		r.start()
		t.Cleanup(r.kill)
		all = append(all, r)
	}
	var ids []string
	say := func(n int) {
		for range n {
			i := len(ids)
			ids = append(ids, d.Say(fmt.Sprint("1", i%8), fmt.Sprint("2", i%8), fmt.Sprint("3", i), "<@900> "+asks[i%len(asks)]))
			<-time.After(30 * time.Millisecond)
		}
	}
	for round := range 4 {
		say(15)
		all[round%2].kill()
		say(15)
		all[round%2].start()
	}
	for i, id := range ids {
		d.Await(fmt.Sprintf("message %d is answered", i), func() bool { return len(d.Answers(id)) > 0 })
	}
	<-time.After(time.Second)
	twice := 0
	for _, id := range ids {
		if len(d.Answers(id)) > 1 {
			twice++
		}
	}
	if twice > 0 {
		t.Errorf("of %d messages %d were answered twice", len(ids), twice)
	}
	d.NoFaults()
}
