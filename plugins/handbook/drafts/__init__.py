"""Documents of others turned into draft regimes: what is read, how it is divided, what is proposed."""
