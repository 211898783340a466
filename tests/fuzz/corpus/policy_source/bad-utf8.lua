rule { app = "ÿş*", name = "Ã", verdict = reject(10013, "ğŸ") }
