// Nothing: Azurite loads this and, as it is run here, never calls it.
