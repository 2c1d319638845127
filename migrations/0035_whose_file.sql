-- Says whose file it is: "DUBN". SQLite leaves the number to the program.
pragma application_id = 1146438222;
