// The package has no types; what it holds is checked where it is read.
declare module 'mnist';
