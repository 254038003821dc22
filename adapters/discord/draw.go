package discord

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"careerbot/adapters/internal/chart"
	"careerbot/bot"
)

// mostDrawings are kept, some twenty thousand bytes each.
const mostDrawings = 128

// drawings draws charts, each once as long as it is kept. Discord is dark for
// most people, and a picture brings its own background.
//
// One is drawn at a time: it takes some twenty milliseconds of a processor, and
// those who ask for the same wait for it.
type drawings struct {
	kept *lru.Cache[string, []byte]
	mu   sync.Mutex
}

func newDrawings() (*drawings, error) {
	kept, err := lru.New[string, []byte](mostDrawings)
	if err != nil {
		return nil, fmt.Errorf("discord: %w", err)
	}
	return &drawings{kept: kept}, nil
}

// Draw implements [Drawer].
func (d *drawings) Draw(c bot.Chart) ([]byte, error) {
	key, err := json.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("discord: a chart: %w", err)
	}
	if png, ok := d.kept.Get(string(key)); ok {
		return png, nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if png, ok := d.kept.Get(string(key)); ok {
		return png, nil
	}
	png, err := chart.PNG(c, chart.Dark)
	if err != nil {
		return nil, err
	}
	d.kept.Add(string(key), png)
	return png, nil
}

// recorder draws, and keeps which charts were drawn.
type recorder struct {
	drawer Drawer
	drawn  []bot.Chart
}

var errNoDrawer = errors.New("discord: charts are not drawn")

// Draw implements [Drawer].
func (r *recorder) Draw(c bot.Chart) ([]byte, error) {
	if r.drawer == nil {
		return nil, errNoDrawer
	}
	png, err := r.drawer.Draw(c)
	if err == nil && len(png) > 0 {
		r.drawn = append(r.drawn, c)
	}
	return png, err
}
