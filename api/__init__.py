"""Where people and machines come in: the command line now; the service, its store and pages next."""
