/** What is known of one migration in one file, and the check of it by somebody who has nothing but the file. */
package dev.migrator.core.report;
