"""Running: a student's code in a process of its own, with limits; questions go in, numbers come out."""
