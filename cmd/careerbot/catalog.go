package main

import (
	"fmt"
	"os"

	"careerbot/bot"
	"careerbot/knowledge"
)

// layers are the folders that the environment asks for: the embedded
// catalogue, and the company's laid over it.
func (e *env) layers(own string) ([]knowledge.Layer, error) {
	var out []knowledge.Layer
	switch base := e.getenv("CAREERBOT_BASE"); base {
	case "", "embedded":
		out = append(out, knowledge.Layer{FS: knowledge.Embedded()})
	case "none":
		if own == "" {
			return nil, fmt.Errorf("CAREERBOT_BASE=none leaves no catalogue: set CAREERBOT_CATALOG to a folder")
		}
	default:
		return nil, fmt.Errorf("CAREERBOT_BASE is %q: it must be embedded or none", base)
	}
	if own != "" {
		info, err := os.Stat(own)
		if err != nil {
			return nil, fmt.Errorf("catalogue folder: %w", err)
		}
		if !info.IsDir() {
			return nil, fmt.Errorf("catalogue folder: %s is no folder", own)
		}
		out = append(out, knowledge.Layer{FS: os.DirFS(own), Name: own, Own: true})
	}
	return out, nil
}

// catalog loads what the environment asks for.
func (e *env) catalog() (*knowledge.Catalog, error) {
	layers, err := e.layers(e.getenv("CAREERBOT_CATALOG"))
	if err != nil {
		return nil, err
	}
	return knowledge.Load(layers...)
}

func (e *env) bot() (*bot.Bot, error) {
	c, err := e.catalog()
	if err != nil {
		return nil, err
	}
	return bot.New(c), nil
}
