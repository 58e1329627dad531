"""One planned meeting of minds with patients: who asked, what for, who took part, what is owed in return."""
