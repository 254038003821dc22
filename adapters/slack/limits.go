package slack

// What Slack takes in one message, counted in characters.
//
// https://docs.slack.dev/reference/block-kit/blocks and the pages below it;
// text: https://docs.slack.dev/reference/methods/chat.postMessage
const (
	maxBlocks      = 50
	maxViewBlocks  = 100
	maxSection     = 3000
	maxHeader      = 150
	maxButton      = 75
	maxLabel       = 75 // accessibility_label
	maxValue       = 2000
	maxContext     = 10 // elements of a context block
	maxContextText = 2000
	maxActionID    = 255
	maxTableRows   = 100
	maxTableCols   = 20
	maxTableText   = 10_000
	maxCharts      = 2
	maxChartTitle  = 50
	maxChartLabel  = 20
	maxSeries      = 6
	maxPoints      = 20
	maxOptions     = 100
	maxOptionText  = 75
	maxOptionValue = 150
	maxPlaceholder = 150
	maxViewTitle   = 24
	maxText        = 40_000 // longer text is cut by Slack

	// maxBlockText is what all blocks of a message hold together. Slack does
	// not publish it; it refused 13,203 characters with msg_blocks_too_long:
	// https://github.com/metabase/metabase/issues/79908
	maxBlockText = 13_000

	// maxAck is the longest acknowledgement over Socket Mode in bytes; Slack
	// drops longer ones and says nothing: slack-go's socketmode.Client.SendCtx.
	maxAck = 20_000
)
