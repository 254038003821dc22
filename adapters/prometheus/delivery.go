package prometheus

import "careerbot/adapters/internal/delivery"

// Delivery shows how a platform's answers to messages were delivered.
func (m *Metrics) Delivery(platform string, d *delivery.Desk) {
	counts := func(name, help, label string, values map[string]func() uint64) {
		for value, f := range values {
			m.Count(name, help, func() float64 { return float64(f()) }, "platform", platform, label, value)
		}
	}
	counts("careerbot_claims_total", "Messages that were claimed, by how the claim stood.", "state", map[string]func() uint64{
		"won": func() uint64 { return d.Counts().Won }, "retaken": func() uint64 { return d.Counts().Retaken },
		"held": func() uint64 { return d.Counts().Held }, "queued": func() uint64 { return d.Counts().Queued },
		"done": func() uint64 { return d.Counts().Done }, "spared": func() uint64 { return d.Counts().Spared }})
	counts("careerbot_posts_total", "Posts of answers, by outcome.", "outcome", map[string]func() uint64{
		"sent": func() uint64 { return d.Counts().Sent }, "later": func() uint64 { return d.Counts().Later },
		"unsure": func() uint64 { return d.Counts().Unsure }, "never": func() uint64 { return d.Counts().Never }})
	counts("careerbot_delivery_events_total", "What else befell messages on their way.", "event", map[string]func() uint64{
		"wait": func() uint64 { return d.Counts().Waits }, "again": func() uint64 { return d.Counts().Again },
		"retry": func() uint64 { return d.Counts().Retries }, "looked first": func() uint64 { return d.Counts().Ambiguous },
		"ledger error": func() uint64 { return d.Counts().LedgerErrors }, "outbox error": func() uint64 { return d.Counts().OutboxErrors },
		"panic": func() uint64 { return d.Counts().Panics }})
}
