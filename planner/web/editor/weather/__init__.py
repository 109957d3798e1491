"""The weather in the editor: how a day goes when it rains."""
