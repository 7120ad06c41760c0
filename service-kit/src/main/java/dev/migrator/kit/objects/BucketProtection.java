package dev.migrator.kit.objects;

/** What a bucket does against the loss of what was written to it. */
public enum BucketProtection {
    /** Objects can be given a time before which nobody removes them. Such a bucket keeps older versions, too. */
    OBJECT_LOCK,
    /** What is written over or removed stays as an older version. */
    VERSIONING,
    /** What is written over or removed is lost. */
    NONE,
    /** The server does not tell, or not to this credential. */
    UNKNOWN;

    /** For people. */
    public String words() {
        return switch (this) {
            case OBJECT_LOCK -> "object lock";
            case VERSIONING -> "versioning";
            case NONE -> "none";
            case UNKNOWN -> "not told";
        };
    }
}
