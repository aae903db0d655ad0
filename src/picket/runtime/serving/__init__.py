"""The process of all doors: HTTP, the MQTT broker, notifications."""
