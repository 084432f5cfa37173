"""Where people and machines come in: the command line now; the service and its pages next."""
