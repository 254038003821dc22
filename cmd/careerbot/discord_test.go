package main

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
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
	key := ed25519.NewKeyFromSeed([]byte("a seed of thirty-two bytes long."))
	env := discordEnv(d)
	env["DISCORD_PUBLIC_KEY"] = hex.EncodeToString(key.Public().(ed25519.PublicKey))
	s := serve(t, env)
	d.Await("it is ready", func() bool { status, _ := s.get("/readyz"); return status == http.StatusOK })
	id := d.Say("10", "20", "30", "<@900> what does a data engineer do?")
	d.Await("a mention is answered", func() bool { return len(d.Answers(id)) == 1 })
	body := `{"id":"1","token":"t","type":2,"application_id":"900","channel_id":"20","user":{"id":"30"},"data":{"name":"career","type":1,"options":[{"name":"role","type":1,"options":[{"name":"role","type":3,"value":"data-engineer"}]}]}}`
	stamp := strconv.FormatInt(time.Now().Unix(), 10)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+s.address+"/discord/interactions", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Signature-Timestamp", stamp)
	req.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(key, []byte(stamp+body))))
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var r struct{ Type int }
	if err := json.NewDecoder(res.Body).Decode(&r); err != nil || res.StatusCode != http.StatusOK || r.Type != 4 {
		t.Errorf("a command: %d, %+v, %v", res.StatusCode, r, err)
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
