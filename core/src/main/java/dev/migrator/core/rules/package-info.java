/** The rules that manifests are judged by: what each looks at, why it matters and what to do. */
package dev.migrator.core.rules;
