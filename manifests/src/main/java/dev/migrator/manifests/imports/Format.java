package dev.migrator.manifests.imports;

import java.util.List;

/** Reads the documents of one tool. Whatever they hold, nothing is thrown: what is not understood is said. */
interface Format {
    /** Ends of the names of files that are read from a folder. */
    List<String> suffixes();

    /** @param documents all of them, as one may refer to another, in the order of their files' paths */
    void read(List<Node> documents, Collected into);
}
