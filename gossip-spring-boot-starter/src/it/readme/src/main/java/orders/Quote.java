package orders;

record Quote(String text, String by) {
}
