-- attack: global names looked up through 190 functions of 200 variables
-- run: load
-- expect: stopped
--@ 90 local function f() local a,b,c,d,e,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z,A,B,C,D,E,F,G,H,I,J,K,L,M,N,O,P,Q,R,S,T,U,V,W,X,Y,Z 
local function f()
--@ 500000 _=_;
