"""What is true of credits: values and pure decisions, standard library only."""
