package dev.migrator.kit.objects;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;

/** What can be wrong with an object. */
final class ObjectProblems {
    private ObjectProblems() {}

    static ProblemException missing(String key) {
        return new ProblemException(Problem.of("OBJ-MISSING", "an object is not in the bucket")
                .about(key)
                .expected("an object")
                .found("nothing")
                .todo("check the key; if the object was removed, start a new migration"));
    }

    static ProblemException otherBytes(String key, Digest expected, Digest found) {
        return new ProblemException(Problem.of("OBJ-DIGEST", "an object holds other bytes than it should")
                .about(key)
                .expected(expected.toString())
                .found(found.toString())
                .todo("find out who changed it; nothing is done with these bytes"));
    }

    static ProblemException overwrite(String key, Digest wanted, Digest found) {
        return new ProblemException(Problem.of("OBJ-OVERWRITE", "an object is there already and holds other bytes")
                .about(key)
                .expected("no object, or " + wanted)
                .found(found.toString())
                .todo("find out who wrote it; objects are never overwritten"));
    }

    static ProblemException tooLarge(String key, long bytes) {
        return new ProblemException(Problem.of("OBJ-SIZE", "an object is too large")
                .about(key)
                .expected("at most " + ObjectStore.MOST_BYTES + " bytes")
                .found(bytes + " bytes")
                .todo("split the change into smaller ones"));
    }

    static ProblemException badKey(String key) {
        return new ProblemException(Problem.of("OBJ-KEY", "an object's key has a shape that is not allowed")
                .about(key.length() > 200 ? key.substring(0, 200) : key)
                .expected("1 to 900 of A-Z a-z 0-9 . _ ~ - and / between parts, no part . or ..")
                .found(key.length() + " characters")
                .todo("use a key of that shape"));
    }
}
