package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"careerbot/bot"
	"careerbot/knowledge"
)

// layers are the folders that the environment asks for: the embedded
// catalogue, and the company's, if own names one, laid over it. name stands
// before the company's files in faults and sources.
func (e *env) layers(own, name string) ([]knowledge.Layer, error) {
	var out []knowledge.Layer
	switch base := e.getenv("CAREERBOT_BASE"); base {
	case "", "embedded":
		out = append(out, knowledge.Layer{FS: knowledge.Embedded()})
	case "none":
		if own == "" {
			return nil, errors.New("CAREERBOT_BASE=none leaves no pages: set CAREERBOT_CATALOG to a folder of your own")
		}
	default:
		return nil, fmt.Errorf("CAREERBOT_BASE is %q: it must be embedded or none", base)
	}
	if own != "" {
		info, err := os.Stat(own)
		switch {
		case err != nil:
			return nil, fmt.Errorf("the catalogue folder %s cannot be read: %w", own, cause(err))
		case !info.IsDir():
			return nil, fmt.Errorf("the catalogue folder %s is a file: name the folder that holds roles/", own)
		}
		out = append(out, knowledge.Layer{FS: os.DirFS(own), Name: name, Own: true})
	}
	return out, nil
}

// bot answers from what the environment asks for.
func (e *env) bot(options ...bot.Option) (*bot.Bot, error) {
	c, err := e.catalog()
	if err != nil {
		return nil, err
	}
	return bot.New(c, options...), nil
}

// catalog loads what the environment asks for.
func (e *env) catalog() (*knowledge.Catalog, error) {
	own := e.getenv("CAREERBOT_CATALOG")
	name := own
	if abs, err := filepath.Abs(own); err == nil && own != "" {
		name = filepath.Base(abs) // those who ask need not know where it lies
	}
	layers, err := e.layers(own, name)
	if err != nil {
		return nil, err
	}
	c, err := knowledge.Load(layers...)
	if err == nil {
		return c, nil
	}
	errs := knowledge.AsFaults(err).Errors()
	said := errs[0].String()
	if len(errs) > 1 {
		said += fmt.Sprintf(" (and %d more)", len(errs)-1)
	}
	return nil, fmt.Errorf("the catalogue has faults: %s; careerbot check lists them all", said)
}

// cause is err without the call and the path that a message names already.
func cause(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
