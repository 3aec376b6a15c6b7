// Completes the project by what the README tells people to write, word for word. A line "README: words" in a comment is
// replaced by the block of the README that contains these words. A block that is a whole class becomes a file.
def blocks = (new File(readme).text =~ /(?s)```(java|xml|yaml)\n(.*?)```/).collect { [language: it[1], text: it[2]] }
def used = [] as Set

def block = { language, words ->
	def found = blocks.findAll { it.language == language && it.text.contains(words) }
	assert found.size() == 1 : "${found.size()} ${language} blocks of the README contain '${words}'"
	used << found[0]
	return found[0].text
}

def comments = [java: ~/(?m)^\s*\/\/ README: (.*)\n/, xml: ~/(?m)^\s*<!-- README: (.*) -->\n/, yml: ~/(?m)^# README: (.*)\n/]
basedir.eachFileRecurse(groovy.io.FileType.FILES) { file ->
	def extension = file.name.substring(file.name.lastIndexOf(".") + 1)
	def comment = comments[extension]
	if (comment != null) {
		def language = extension.replace("yml", "yaml")
		file.text = file.text.replaceAll(comment) { line, words -> block(language, words) }
	}
}

blocks.findAll { it.language == "java" && it.text.startsWith("import ") }.each {
	def name = (it.text =~ /(?m)^public class (\w+)/)[0][1]
	new File(basedir, "src/main/java/${name}.java").text = it.text
	used << it
}

def unused = blocks.findAll { !used.contains(it) }
assert unused.isEmpty() : "the project uses all of the README but this:\n" + unused*.text.join("\n")
return true
