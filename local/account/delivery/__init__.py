"""What an account sends by itself: alarms to topics and events, these to functions, queues and addresses outside."""
