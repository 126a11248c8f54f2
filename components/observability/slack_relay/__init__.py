"""The code of the function that brings alerts to Slack: what Lambda's runtime has, and nothing besides."""
