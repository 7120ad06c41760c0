package dev.migrator.core.kinds;

import dev.migrator.core.error.Finding.Severity;
import dev.migrator.core.error.Problem;
import java.util.ArrayList;
import java.util.List;

/** What was noticed about one manifest, in the order in which it was noticed. Not thread-safe. */
public final class Notes {
    /** @param pointer JSON pointer (RFC 6901) of the place in the manifest, empty for the whole of it */
    public record Note(Severity severity, String pointer, Problem problem) {}

    private final List<Note> all = new ArrayList<>();

    public void error(String pointer, Problem problem) {
        all.add(new Note(Severity.ERROR, pointer, problem));
    }

    public void warning(String pointer, Problem problem) {
        all.add(new Note(Severity.WARNING, pointer, problem));
    }

    public void add(Note note) {
        all.add(note);
    }

    public List<Note> all() {
        return List.copyOf(all);
    }

    public boolean hasErrors() {
        return all.stream().anyMatch(note -> note.severity() == Severity.ERROR);
    }

    /** The pointer one name deeper. */
    public static String under(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** The pointer as people write it: {@code /spec/operations/1} is {@code spec.operations.1}. */
    public static String path(String pointer) {
        return pointer.isEmpty()
                ? ""
                : pointer.substring(1).replace("/", ".").replace("~1", "/").replace("~0", "~");
    }
}
